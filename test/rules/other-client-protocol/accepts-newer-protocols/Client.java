class Client { SSLContext context = SSLContext.getInstance("TLSv1.2"); }
