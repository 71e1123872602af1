public sealed class Step : System.Activities.CodeActivity
{
    protected override void Execute(System.Activities.CodeActivityContext context)
    {
    }
}
