# SPDX-License-Identifier: Apache-2.0
"""Writing a request. The gate *may we ask*."""
