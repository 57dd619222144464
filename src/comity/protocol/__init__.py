# SPDX-License-Identifier: Apache-2.0
"""What two nodes must agree on byte for byte. Pure: no files, no network, no Django, no clock of its own."""
