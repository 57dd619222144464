# SPDX-License-Identifier: Apache-2.0
"""What comes in: verified in numbered steps, kept once, registered, receipted."""
