# SPDX-License-Identifier: Apache-2.0
"""Forms made from the JSON Schema of a kind, and the bodies that come back from them.

    build.form(kind, body) ─► sections ─► the page ─► POST ─► read.body(kind, post, before, uploads) ─► body

A body goes into a form and comes out again unchanged; members that the schema does not know are carried along.
"""
