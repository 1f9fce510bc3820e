"""Messages as text: mail that was pasted, answered or forwarded, and chats."""
