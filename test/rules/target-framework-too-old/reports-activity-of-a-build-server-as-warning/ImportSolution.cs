public class ImportSolution : System.Activities.CodeActivity
{
}
