# SPDX-License-Identifier: Apache-2.0
"""The stations of a request's journey. No station imports another: `journey` hands work from one to the next."""
