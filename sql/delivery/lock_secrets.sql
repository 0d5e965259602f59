-- Purpose: holds the sealed secrets as they are until the transaction ends; who sends goes on reading them.
lock table hale_data.receiver_secret in share row exclusive mode
