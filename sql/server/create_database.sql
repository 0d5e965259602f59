-- Makes Hale's database on the private server; it belongs to the role that migrates it.
create database hale owner hale_owner
