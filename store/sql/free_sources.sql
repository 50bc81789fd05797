UPDATE source SET next_fetch = NULL, next_reason = '' WHERE next_reason = 'push'
