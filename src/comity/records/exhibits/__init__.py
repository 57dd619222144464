# SPDX-License-Identifier: Apache-2.0
"""Exhibits: what was seized, found or made as evidence, kept so that its history cannot be lost.

adding.py     taking one in: hashed, encrypted and on disk before it is registered
packing.py    a folder, or several files, as one stream with a manifest
box.py        the program that runs age, apart;  sealing.py, opening.py  our ends of its pipes
vault.py      the key under which each content's own key lies;  store.py  where the encrypted content lies
custody.py    who had it in hands, when and why: a statement for each step, and its leaf
"""
