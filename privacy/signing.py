"""Who vouches for the ledger's state outside its database? An Ed25519 signature over each checkpoint.

This file and `vault.py` are the only ones that touch the cryptography library. The verifier needs the public key only.
"""

from __future__ import annotations

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat


def sign(seed: bytes, message: bytes) -> bytes:
    """The signature of a message under the 32-byte seed of the ledger's signing key."""
    return Ed25519PrivateKey.from_private_bytes(seed).sign(message)


def public_key(seed: bytes) -> bytes:
    """The 32 raw bytes of the public key that belongs to a seed."""
    return Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


def holds(public: bytes, signature: bytes, message: bytes) -> bool:
    """Whether a signature is the key's own over this message."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except InvalidSignature:
        return False
    return True
