"""The proposal in full on the official template: sections, tables and pictures as blocks for its template."""
