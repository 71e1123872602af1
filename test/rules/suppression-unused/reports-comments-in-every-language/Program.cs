// dynamics-tls-disable-file certificate-checks-off: a test server
//                           ^^^^^^^^^^^^^^^^^^^^^^ suppression-unused
class Program { /* dynamics-tls-disable-line clear-text-url */ }
//                                           ^^^^^^^^^^^^^^ suppression-unused
