// Submits the form that ends the session at the issuer.
document.forms[0].submit();
