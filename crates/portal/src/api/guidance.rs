//! Guidance: searching it, an article of it, and the outline by section.

use super::caller::AnyCaller;
use super::docs::{Problems, Words};
use super::query::Asking;
use crate::help;
use crate::place::Place;
use crate::problem::Problem;
use ::guidance::{HITS_MAX, Hit, Kind, Piece};
use axum::Json;
use base::{Key, Language, Localised};
use profile::{Article, Group, OutlineSection, SectionNumber};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Hits of an answer where no limit is asked for.
const HITS_USUAL: usize = 10;

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub(crate) struct SearchQuery {
    /// The question, in Traditional or Simplified Chinese or in English; what is beyond 200 characters is not looked at.
    q: String,
    /// The language of titles and snippets: `zh-Hant`, `zh-Hans`, `en`; else that of `Accept-Language`.
    language: Option<String>,
    /// `article`, `service`, `outline` or `rule` alone.
    kind: Option<String>,
    /// At most 50.
    limit: Option<u8>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FoundView {
    hits: Vec<HitView>,
    /// Words that are not known here, each with the one that was taken instead.
    corrected: Vec<[String; 2]>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct HitView {
    /// `article`, `service`, `outline` or `rule`.
    #[schema(value_type = String)]
    kind: Kind,
    key: String,
    title: String,
    /// What answers best, in pieces, with what was asked for marked.
    #[schema(value_type = Vec<Object>)]
    snippet: Vec<Piece>,
    /// Sections of the outline, or a law's name.
    source: String,
    illustrative: bool,
    /// The page that tells it whole.
    href: String,
    score: f32,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ArticleView {
    #[schema(value_type = String, example = "apply-for-commuter-pass")]
    article: Key,
    #[schema(value_type = String)]
    group: Group,
    #[schema(value_type = Words)]
    title: Localised,
    /// Paragraphs, one a line; a line that begins with `- ` is a member of a list.
    #[schema(value_type = Words)]
    text: Localised,
    source: String,
    #[schema(value_type = Vec<String>)]
    services: Vec<Key>,
    #[schema(value_type = Vec<String>)]
    see: Vec<Key>,
    illustrative: bool,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SectionView {
    #[schema(value_type = String, example = "7.2.4")]
    section: SectionNumber,
    /// The outline's own heading.
    #[schema(value_type = Words)]
    title: Localised,
    /// The operator's abstract; null for a heading that only holds others.
    #[schema(value_type = Option<Words>)]
    summary: Option<Localised>,
    /// The sections right under it.
    #[schema(value_type = Vec<String>)]
    within: Vec<SectionNumber>,
}

fn hit_view(hit: Hit<'_>, language: Language) -> HitView {
    HitView {
        kind: hit.entry.kind,
        key: hit.entry.key.clone(),
        title: hit.entry.title.get(language).to_owned(),
        snippet: hit.snippet,
        source: hit.entry.section.clone(),
        illustrative: hit.entry.illustrative,
        href: format!("/{language}/{}", hit.entry.path()),
        score: hit.score,
    }
}

fn article_view(article: &Article) -> ArticleView {
    ArticleView {
        article: article.key.clone(),
        group: article.group,
        title: article.title.clone(),
        text: article.text.clone(),
        source: article.section.clone(),
        services: article.services.clone(),
        see: article.see.clone(),
        illustrative: article.illustrative,
    }
}

/// What answers a question, the best first.
#[utoipa::path(get, path = "/api/guidance/search", tag = "guidance", params(SearchQuery),
    responses((status = 200, body = FoundView), Problems))]
pub(crate) async fn search(caller: AnyCaller, Asking(query): Asking<SearchQuery>) -> Result<Json<FoundView>, Problem> {
    let language = match &query.language {
        Some(tag) => tag.parse().map_err(|_| Problem::Query)?,
        None => caller.language,
    };
    let kind = match &query.kind {
        Some(name) => Some(Kind::ALL.into_iter().find(|kind| kind.as_str() == name).ok_or(Problem::Query)?),
        None => None,
    };
    let limit = query.limit.map_or(HITS_USUAL, usize::from).min(HITS_MAX);
    let found = help::guidance(&caller.portal)?.search(&query.q, language, kind, limit)?;
    let hits = found.hits.into_iter().map(|hit| hit_view(hit, language)).collect();
    let corrected = found.corrected.into_iter().map(|(typed, known)| [typed, known]).collect();
    Ok(Json(FoundView { hits, corrected }))
}

/// One article of guidance, in three languages.
#[utoipa::path(get, path = "/api/guidance/{article}", tag = "guidance",
    params(("article" = String, Path, example = "apply-for-commuter-pass")),
    responses((status = 200, body = ArticleView), Problems))]
pub(crate) async fn article(caller: AnyCaller, Place(article): Place<Key>) -> Result<Json<ArticleView>, Problem> {
    let known = caller.portal.park.profile.guidance.articles.get(&article).ok_or(Problem::NotFound)?;
    Ok(Json(article_view(known)))
}

/// One section of the outline, in three languages.
#[utoipa::path(get, path = "/api/outline/{section}", tag = "guidance",
    params(("section" = String, Path, example = "7.2.4")),
    responses((status = 200, body = SectionView), Problems))]
pub(crate) async fn section(caller: AnyCaller, Place(section): Place<String>) -> Result<Json<SectionView>, Problem> {
    let guidance = &caller.portal.park.profile.guidance;
    let known: &OutlineSection = guidance.section(&section).ok_or(Problem::NotFound)?;
    Ok(Json(SectionView {
        section: known.number.clone(),
        title: known.title.clone(),
        summary: known.summary.clone(),
        within: guidance.within(&known.number).map(|part| part.number.clone()).collect(),
    }))
}
