-- to find those that left the configuration
SELECT url, other_url, link_key, other_key, same FROM ruling WHERE configured = 1
