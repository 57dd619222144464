# SPDX-License-Identifier: Apache-2.0
"""What dispatch and reception share: making a parcel, opening one, and keeping an eye on the other's register."""
