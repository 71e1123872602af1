class Client {
  void connect() {
    System.setProperty("https.protocols", "TLSv1,TLSv1.1,TLSv1.2");
    socket.setEnabledProtocols(new String[] { "TLSv1", "TLSv1.2" });
  }
}
