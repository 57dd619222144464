# SPDX-License-Identifier: Apache-2.0
"""What one node keeps: its authorities and keys, its people, its threads and cases, and the register of what it did."""
