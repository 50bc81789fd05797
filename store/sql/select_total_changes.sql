-- rows that this connection wrote: by how many they rose is how much a merge did
SELECT total_changes()
