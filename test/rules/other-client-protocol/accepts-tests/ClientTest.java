class ClientTest { SSLContext context = SSLContext.getInstance("TLSv1"); }
