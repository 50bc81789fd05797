-- Sources whose next poll waits for a hub are due: it may have told of news while
-- nobody listened
UPDATE source SET next_fetch = NULL, next_reason = '' WHERE next_reason = 'push'
