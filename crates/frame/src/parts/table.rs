//! Tables. On phones each row becomes a card with its column names beside the values, so that no column is ever
//! squeezed; roles are given by hand because such a change of display takes them away.

use maud::{Markup, Render, html};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    label: String,
    class: Option<&'static str>,
}

impl Column {
    pub fn text(label: impl Into<String>) -> Self {
        Self { label: label.into(), class: None }
    }

    /// Aligned at the end, in figures of one width.
    pub fn number(label: impl Into<String>) -> Self {
        Self { label: label.into(), class: Some("number") }
    }

    /// Never broken over two lines where there is room for a table: dates, numbers of cases.
    pub fn short(label: impl Into<String>) -> Self {
        Self { label: label.into(), class: Some("short") }
    }
}

/// `Table::new("Cases", [Column::text("Case"), Column::number("Days")]).row([html!{…}, html!{…}])`; the first cell
/// of a row is its heading.
#[derive(Debug, Clone)]
#[must_use]
pub struct Table {
    caption: String,
    hide_caption: bool,
    columns: Vec<Column>,
    rows: Vec<Vec<Markup>>,
}

impl Table {
    pub fn new(caption: impl Into<String>, columns: impl IntoIterator<Item = Column>) -> Self {
        Self { caption: caption.into(), hide_caption: false, columns: columns.into_iter().collect(), rows: Vec::new() }
    }

    /// The caption repeats a heading that stands right above: for screen readers alone.
    pub fn hide_caption(mut self) -> Self {
        self.hide_caption = true;
        self
    }

    pub fn row(mut self, cells: impl IntoIterator<Item = Markup>) -> Self {
        self.rows.push(cells.into_iter().collect());
        self
    }

    pub fn rows<R: IntoIterator<Item = Markup>>(mut self, rows: impl IntoIterator<Item = R>) -> Self {
        self.rows.extend(rows.into_iter().map(|row| row.into_iter().collect()));
        self
    }
}

impl Render for Table {
    fn render(&self) -> Markup {
        html! {
            div.data-room.data-room--many[self.columns.len() >= 5] {
            table.data role="table" {
                caption.govuk-visually-hidden[self.hide_caption] { (self.caption) }
                thead role="rowgroup" {
                    tr role="row" {
                        @for column in &self.columns {
                            th scope="col" role="columnheader" class=[column.class] { (column.label) }
                        }
                    }
                }
                tbody role="rowgroup" {
                    @for row in &self.rows {
                        tr role="row" {
                            @for (index, (cell, column)) in row.iter().zip(&self.columns).enumerate() {
                                @if index == 0 {
                                    th scope="row" role="rowheader" class=[column.class] { (cell) }
                                } @else {
                                    td role="cell" class=[column.class] data-label=(column.label) { (cell) }
                                }
                            }
                        }
                    }
                }
            }
            }
        }
    }
}
