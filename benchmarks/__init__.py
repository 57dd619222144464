# SPDX-License-Identifier: Apache-2.0
"""How fast Comity is, each figure beside its bar and, where there is one, beside a peer measured in the same run.

A benchmark is a module here that ends in `report(...)`: `make bench` runs them all, `python -m benchmarks.NAME` one.
"""
