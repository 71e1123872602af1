class Client {
  void connect() throws Exception {
    SSLContext context = SSLContext.getInstance("TLSv1");
//                                              ^^^^^^^ other-client-protocol warning
    System.setProperty("https.protocols", "TLSv1,TLSv1.1");
//                                        ^^^^^^^^^^^^^^^ other-client-protocol warning
    socket.setEnabledProtocols(new String[] { "TLSv1.1" });
//                                            ^^^^^^^^^ other-client-protocol warning
  }
}
