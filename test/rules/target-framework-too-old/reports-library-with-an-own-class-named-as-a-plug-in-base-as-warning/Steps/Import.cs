public abstract class ContosoStep
{
}

public class ReadFile : ContosoStep
{
}
