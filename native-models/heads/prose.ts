/** The prose that heads are scored on: plain English of our own, each paragraph two sentences, the second going on from the first. */
export const PROSE: readonly { readonly text: string; readonly pair: string }[] = [
  {
    text: 'The old ferry left the harbour before sunrise, and only three people stood on its deck.',
    pair: 'One of them was a doctor who had not slept since Monday.',
  },
  {
    text: 'My sister keeps a small garden behind the house, where she grows beans and yellow roses.',
    pair: 'When the nights turn cold, she covers the beds with straw.',
  },
  {
    text: 'The teacher wrote the question on the board, but nobody in the room wanted to answer it.',
    pair: 'She waited a while, then she smiled and drew a picture instead.',
  },
  {
    text: 'Because the bridge was closed, the drivers had to take the long road around the lake.',
    pair: 'It added an hour to the journey, yet the view was worth it.',
  },
  {
    text: 'The dog that had chased the cat was tired, so it lay down under the kitchen table.',
    pair: 'The cat watched from the shelf and did not make a sound.',
  },
  {
    text: 'He bought a cheap clock at the market, although the man who sold it said that it ran slow.',
    pair: 'Every evening he sets it forward by five minutes.',
  },
  {
    text: 'Snow had fallen all day, and the village looked like a drawing in a book for children.',
    pair: 'In the morning the baker cleared a path from his door to the church.',
  },
  {
    text: 'The captain asked the crew whether they had seen the light, and most of them said no.',
    pair: 'Only the youngest sailor was sure that something had moved on the water.',
  },
];
