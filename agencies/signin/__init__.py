"""Who is there, and how sure are we? Sign-in, second factor, sessions, the lock and the word given again (ADR 0022)."""
