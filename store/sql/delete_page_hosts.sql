-- hosts of pages of which none was asked for since a time
DELETE FROM page_host WHERE day < ?1
