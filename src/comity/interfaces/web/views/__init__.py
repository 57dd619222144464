# SPDX-License-Identifier: Apache-2.0
"""One file a page, or a few pages that belong together."""
