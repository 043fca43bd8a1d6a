"""Tools without a domain: database, jobs, time, money, secrets, the one outbound fetcher."""
