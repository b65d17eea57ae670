//! The one table of routes. A route cannot be declared without saying who may have it.

use crate::Portal;
use crate::guard::{self, Intake};
use axum::Router;
use axum::handler::Handler;
use axum::http::Method;
use axum::middleware;
use axum::routing::{MethodFilter, MethodRouter, on};
use std::borrow::Cow;

/// Who may have a route. What they may see there is the rulebook's to say; see `may`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    Anyone,
    /// Anyone, but the attempts of one address are counted: signing in, enrolling.
    Attempt,
    /// Anyone, where the demonstration runs; nobody elsewhere.
    Demonstration,
    /// Somebody signed in, in any capacity: their own affairs.
    SignedIn,
    /// Somebody acting for an organisation, as its clerk or as a delegate.
    Organisation,
    /// A clerk of an organisation.
    Clerk,
    /// Somebody acting for an office.
    Officer,
}

/// One line of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    pub method: Method,
    /// As axum writes it: `/{lang}/cases/{case}`.
    pub path: Cow<'static, str>,
    pub access: Access,
}

/// Routes being put together, and the table of them.
#[derive(Debug, Default)]
#[must_use]
pub struct Routes {
    router: Router<Portal>,
    table: Vec<Route>,
}

impl Routes {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn get<T: 'static, H: Handler<T, Portal>>(self, path: &'static str, access: Access, handler: H) -> Self {
        self.add(Method::GET, path, access, Intake::Nothing, on(MethodFilter::GET, handler))
    }

    /// A form (the handler takes `Posted`) or JSON with the token in `x-csrf-token` (the handler takes `axum::Json`).
    pub fn post<T: 'static, H: Handler<T, Portal>>(self, path: &'static str, access: Access, handler: H) -> Self {
        self.add(Method::POST, path, access, Intake::Form, on(MethodFilter::POST, handler))
    }

    /// A form with a file: the handler takes `Upload`, which checks the token.
    pub fn upload<T: 'static, H: Handler<T, Portal>>(self, path: &'static str, access: Access, handler: H) -> Self {
        self.add(Method::POST, path, access, Intake::Upload, on(MethodFilter::POST, handler))
    }

    /// For programs, which carry no cookie: any method, the session is never looked at and no token is asked for.
    pub fn machine<T: 'static, H: Handler<T, Portal>>(self, method: Method, path: &'static str, handler: H) -> Self {
        let filter = MethodFilter::try_from(method.clone()).unwrap_or(MethodFilter::GET);
        self.add(method, path, Access::Anyone, Intake::Machine, on(filter, handler))
    }

    /// Routes for programs that bring their description along: the router, and the document made from the same code.
    pub(crate) fn described(mut self, router: Router<Portal>, document: &utoipa::openapi::OpenApi) -> Self {
        let guarded = router
            .layer(middleware::from_fn(|request, next| guard::pass(Access::Anyone, Intake::Machine, request, next)));
        self.router = self.router.merge(guarded);
        for (path, item) in &document.paths.paths {
            let methods = [(&item.get, Method::GET), (&item.post, Method::POST), (&item.delete, Method::DELETE)];
            for (_, method) in methods.into_iter().filter(|(operation, _)| operation.is_some()) {
                self.table.push(Route { method, path: path.clone().into(), access: Access::Anyone });
            }
        }
        self
    }

    pub fn merge(mut self, other: Routes) -> Self {
        self.router = self.router.merge(other.router);
        self.table.extend(other.table);
        self
    }

    pub fn table(&self) -> &[Route] {
        &self.table
    }

    pub(crate) fn into_router(self) -> Router<Portal> {
        self.router
    }

    fn add(
        mut self,
        method: Method,
        path: &'static str,
        access: Access,
        intake: Intake,
        handler: MethodRouter<Portal>,
    ) -> Self {
        let guarded =
            handler.layer(middleware::from_fn(move |request, next| guard::pass(access, intake, request, next)));
        self.router = self.router.route(path, guarded);
        self.table.push(Route { method, path: path.into(), access });
        self
    }
}
