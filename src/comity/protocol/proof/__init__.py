# SPDX-License-Identifier: Apache-2.0
"""The proof file: what a stranger needs to check an exchange offline, and the check itself."""
