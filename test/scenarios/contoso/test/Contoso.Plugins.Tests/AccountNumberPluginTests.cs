using Microsoft.VisualStudio.TestTools.UnitTesting;
using Microsoft.Xrm.Sdk;

namespace Contoso.Plugins.Tests
{
    [TestClass]
    public class AccountNumberPluginTests
    {
        [TestMethod]
        public void Is_a_plugin()
        {
            Assert.IsInstanceOfType(new AccountNumberPlugin(), typeof(IPlugin));
        }
    }
}
