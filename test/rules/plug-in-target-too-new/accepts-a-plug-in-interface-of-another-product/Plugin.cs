namespace Contoso
{
    public interface IPlugin
    {
        void Run();
    }

    public class Plugin : IPlugin
    {
        public void Run()
        {
        }
    }
}
