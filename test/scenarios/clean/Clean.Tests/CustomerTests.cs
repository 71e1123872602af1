using Clean.Library;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Clean.Tests
{
    [TestClass]
    public class CustomerTests
    {
        [TestMethod]
        public void Keeps_its_text()
        {
            Assert.AreEqual("x", new Customer { Text = "x" }.Text);
        }
    }
}
