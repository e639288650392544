"""What did the table cost, what came of it, and what does that prove? Every figure says on what it rests."""
