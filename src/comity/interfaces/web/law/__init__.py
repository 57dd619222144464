# SPDX-License-Identifier: Apache-2.0
"""The law on the pages: beside a draft, beside a request that came in, and on pages of its own."""
