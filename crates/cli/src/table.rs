//! The table of a sweep: a row for each run, as CSV or Parquet. Numbers are numbers: times in seconds, rates per second,
//! money in minor units; what the columns are called says so.

use std::path::Path;
use std::sync::Arc;

use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::data_type::{ByteArray, ByteArrayType, DoubleType, Int64Type};
use parquet::file::{properties::WriterProperties, writer::SerializedFileWriter};
use parquet::schema::types::Type;
use seatrial_scenario::{Answers, Compiled};
use seatrial_sim::system::ParamKind;
use seatrial_study::{Grid, Row};

use crate::{Failure, spec::Sweep, vary};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    Csv,
    Parquet,
}

impl Form {
    /// By the end of a file's name. What is no file that ends gets CSV.
    pub fn of(path: &Path) -> Result<Form, Failure> {
        match path.extension().and_then(|end| end.to_str()) {
            Some("csv") => Ok(Form::Csv),
            Some("parquet") => Ok(Form::Parquet),
            _ if path.exists() && !path.is_file() && !path.is_dir() => Ok(Form::Csv),
            _ => Err(Failure::input(format!("--out {} says no form", path.display())).hint("end its name in .csv or .parquet")),
        }
    }
}

pub struct Table {
    columns: Vec<(String, Column)>,
    rows: usize,
}

enum Column {
    Text(Vec<String>),
    Whole(Vec<i64>),
    Number(Vec<Option<f64>>),
}

/// Rows of one group; readers go through groups side by side.
const GROUP: usize = 65_536;

impl Table {
    /// `rows`: of all cells, in their order.
    pub fn new(compiled: &Compiled, sweep: &Sweep, grid: &Grid, rows: &[Row]) -> Table {
        let mut columns = vec![("combination".to_owned(), Column::Whole(rows.iter().map(|row| row.arm as i64 + 1).collect()))];
        let points: Vec<Vec<&str>> = (0..vary::points(&sweep.vary)).map(|at| vary::point(&sweep.vary, at)).collect();
        for (at, axis) in sweep.vary.iter().enumerate() {
            columns.push(knob(compiled, &axis.knob, rows.iter().map(|row| points[row.arm][at])));
        }
        columns.push(("seed".into(), Column::Whole(rows.iter().map(|row| row.seed as i64).collect())));
        columns.push(("digest".into(), Column::Text(rows.iter().map(|row| format!("{:016x}", row.digest)).collect())));
        for (at, measure) in grid.measures().iter().enumerate() {
            let seen = rows.iter().map(|row| row.observed.get(at).copied().flatten());
            columns.push((measure.name(), Column::Number(seen.clone().map(|seen| Some(seen?.value)).collect())));
            let noticed: Vec<Option<f64>> = seen.map(|seen| seen?.censored.map(|c| f64::from(c.detected) / f64::from(c.of))).collect();
            if noticed.iter().any(Option::is_some) {
                columns.push((format!("{}.noticed", measure.name()), Column::Number(noticed)));
            }
        }
        Table { columns, rows: rows.len() }
    }

    pub fn bytes(&self, path: &Path) -> Result<Vec<u8>, Failure> {
        let cannot = |why: String| Failure::new(format!("cannot make {}: {why}", path.display()));
        match Form::of(path)? {
            Form::Csv => self.csv().map_err(|why| cannot(why.to_string())),
            Form::Parquet => self.parquet().map_err(|why| cannot(why.to_string())),
        }
    }

    fn csv(&self) -> Result<Vec<u8>, csv::Error> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(self.columns.iter().map(|(name, _)| name))?;
        for at in 0..self.rows {
            writer.write_record(self.columns.iter().map(|(_, column)| match column {
                Column::Text(texts) => texts[at].clone(),
                Column::Whole(numbers) => numbers[at].to_string(),
                Column::Number(numbers) => numbers[at].map_or_else(String::new, |number| number.to_string()),
            }))?;
        }
        writer.into_inner().map_err(|why| why.into_error().into())
    }

    fn parquet(&self) -> parquet::errors::Result<Vec<u8>> {
        let field = |(name, column): &(String, Column)| {
            let (physical, logical, repetition) = match column {
                Column::Text(_) => (Physical::BYTE_ARRAY, Some(LogicalType::String), Repetition::REQUIRED),
                Column::Whole(_) => (Physical::INT64, None, Repetition::REQUIRED),
                Column::Number(_) => (Physical::DOUBLE, None, Repetition::OPTIONAL),
            };
            Type::primitive_type_builder(name, physical).with_logical_type(logical).with_repetition(repetition).build().map(Arc::new)
        };
        let fields = self.columns.iter().map(field).collect::<parquet::errors::Result<Vec<_>>>()?;
        let schema = Arc::new(Type::group_type_builder("sweep").with_fields(fields).build()?);
        let properties = WriterProperties::builder().set_compression(Compression::UNCOMPRESSED).build();
        let mut bytes = Vec::new();
        let mut writer = SerializedFileWriter::new(&mut bytes, schema, Arc::new(properties))?;
        for from in (0..self.rows).step_by(GROUP) {
            let range = from..(from + GROUP).min(self.rows);
            let mut group = writer.next_row_group()?;
            for (_, column) in &self.columns {
                let Some(mut into) = group.next_column()? else { break };
                match column {
                    Column::Text(texts) => {
                        let values: Vec<ByteArray> = texts[range.clone()].iter().map(|text| text.as_str().into()).collect();
                        into.typed::<ByteArrayType>().write_batch(&values, None, None)?
                    }
                    Column::Whole(numbers) => into.typed::<Int64Type>().write_batch(&numbers[range.clone()], None, None)?,
                    Column::Number(numbers) => {
                        let there: Vec<i16> = numbers[range.clone()].iter().map(|number| i16::from(number.is_some())).collect();
                        let values: Vec<f64> = numbers[range.clone()].iter().flatten().copied().collect();
                        into.typed::<DoubleType>().write_batch(&values, Some(&there), None)?
                    }
                };
                into.close()?;
            }
            group.close()?;
        }
        writer.close()?;
        Ok(bytes)
    }
}

/// What varied, as numbers where it has any.
fn knob<'v>(compiled: &Compiled, name: &str, values: impl Iterator<Item = &'v str>) -> (String, Column) {
    let path = match compiled.decision(name).map(|decision| &decision.answers) {
        Some(Answers::Value { sets, .. }) => Some(sets.as_str()),
        Some(Answers::Options(_)) => None,
        None => Some(name),
    };
    let kind = path.and_then(|path| Some((path, compiled.paths.get(path)?.kind)));
    let (end, unit, bits) = match kind.map(|(_, kind)| kind) {
        Some(ParamKind::Duration) => ("_s", 1e9, false),
        Some(ParamKind::Rate) => ("_per_s", 1.0, true),
        Some(ParamKind::Ratio) => ("", 1.0, true),
        Some(ParamKind::Count) => ("", 1.0, false),
        Some(ParamKind::Money) => ("_minor_units", 1.0, false),
        _ => return (name.to_owned(), Column::Text(values.map(str::to_owned).collect())),
    };
    let number = |text: &str| {
        let value = compiled.set(path?, text).ok()?.value;
        Some(if bits { f64::from_bits(value as u64) } else { value as f64 / unit })
    };
    (format!("{name}{end}"), Column::Number(values.map(number).collect()))
}
