public class Tests
{
    [Test]
    public void Works() { }
}
