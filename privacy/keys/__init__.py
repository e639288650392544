"""The second server: wrapped data keys and the witness of the ledger's checkpoints, apart from what they protect."""
