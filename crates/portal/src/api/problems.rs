//! A problem as programs get it: RFC 9457, with every fault of what was sent and where it is.

use super::body::BodyFault;
use super::docs::{FaultView, ProblemView};
use crate::WORDS;
use crate::problem::{Problem, Told};
use base::Language;
use profile::FieldFault;

pub(crate) fn problem_view(problem: &Problem, told: Told, language: Language) -> ProblemView {
    let errors = match problem {
        Problem::Form(faults) => faults.iter().map(|fault| of_field(fault, language)).collect(),
        Problem::Body(fault) => vec![of_body(fault, language)],
        _ => Vec::new(),
    };
    let code = match problem {
        Problem::Roster(fault) => fault.code().to_owned(),
        _ => told.code,
    };
    ProblemView {
        kind: format!("urn:hetao:problem:{code}"),
        title: told.title,
        status: problem.status().as_u16(),
        detail: told.text,
        code,
        section: told.section,
        remedy: told.remedy,
        errors,
    }
}

fn of_field(fault: &FieldFault, language: Language) -> FaultView {
    let code = fault.code.as_str();
    let remarks = [("limit", fault.limit.clone().unwrap_or_default())];
    FaultView {
        pointer: format!("/form/{}", fault.field),
        code: code.to_owned(),
        detail: WORDS.find(language, &format!("api-field-{code}"), &remarks).unwrap_or_default(),
        line: None,
        column: None,
    }
}

fn of_body(fault: &BodyFault, language: Language) -> FaultView {
    let code = fault.kind.code();
    FaultView {
        pointer: fault.pointer.clone(),
        code: code.to_owned(),
        detail: WORDS.find(language, &format!("api-body-{code}"), &[]).unwrap_or_default(),
        line: Some(fault.line),
        column: Some(fault.column),
    }
}
