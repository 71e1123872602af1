enum SecurityProtocolType { Tls }

class Program
{
    static SecurityProtocolType protocol = SecurityProtocolType.Tls;
}
