-- Purpose: takes the file from standard input into the plain table.
\copy bench.plain from pstdin (format csv, header)
