# SPDX-License-Identifier: Apache-2.0
"""Cases: what the threads lie under."""
