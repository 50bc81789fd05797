SELECT link_key, other_key, same FROM ruling
