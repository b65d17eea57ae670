//! Pages of this area.

use crate::Routes;

pub(crate) fn routes() -> Routes {
    Routes::new()
}
