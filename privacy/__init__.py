"""WHO MAY KNOW WHAT, WHEN: policy, access state, gate, vault, ledger. Imports agencies only."""
