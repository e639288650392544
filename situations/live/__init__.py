"""How does everybody at the table see a change within a second? (architecture.md, "Live meeting"; docs/adr/0025)

`events` tells PostgreSQL, in the transaction of the change; `hub` hears it in every web process and passes it to its
followers; `rights` asks at every heartbeat whether each may still follow; `streams` are the addresses. A stream carries
the word "changed" and nothing else: what changed is fetched through the guarded page.
"""
