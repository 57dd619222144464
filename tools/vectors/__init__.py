# SPDX-License-Identifier: Apache-2.0
"""What the conformance vectors are made of; `tools/publish_vectors.py` writes them."""
