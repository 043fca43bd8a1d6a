"""Reviews, looked for every few minutes: Google Business Profile and Trustpilot."""
