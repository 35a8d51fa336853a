/// `./chat import-django`: moves one tenant of the Django chat into a tenant of this suite. Start
/// reading at [ImportDjango], then at [Import]. It only reads the old database, and it writes the
/// tables of each service with the role of that service.
@NullMarked
package com.secureapprove.chat.importdjango;

import org.jspecify.annotations.NullMarked;
