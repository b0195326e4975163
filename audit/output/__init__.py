"""What an audit is written as: one module for each format, each with `render(report, …)`."""
