# SPDX-License-Identifier: Apache-2.0
"""What the law asks of a request, as pure functions over dated, sourced facts."""
