"""Next year's report, drafted from last year's figures and this year's."""
